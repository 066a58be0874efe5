"""The sound of a video: cut, mixed and measured in a pass of its own, which costs next to nothing.

So the picture never has to be touched where only the sound changed.
"""

import math
from dataclasses import dataclass
from pathlib import Path

from accounts.ffmpeg import guarded_input, run_ffmpeg, waveform
from videos.recipes import Music
from videos.transcoding.cutting import Cut, Film, Piece

PEAKS = 200
PEAK_RATE = 8000
# What streaming services play at (EBU R 128 counts in LUFS); quiet rooms are not made to roar.
LOUDNESS = -14.0
MOST_GAIN = 12.0  # dB
SILENCE = -60.0  # LUFS
STEREO = "aresample=44100:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo"
CEILING = "alimiter=limit=0.89:level=disabled"  # -1 dB
SLOWEST_TEMPO = 0.5  # what atempo does in one step
FASTEST_TEMPO = 2.0


@dataclass(frozen=True, slots=True)
class Sound:
    """The finished sound: PCM as it was mixed, how much louder it must become, and how it looks."""

    path: Path
    gain: float
    peaks: list[int]

    @property
    def levelling(self) -> str:
        """The filters that bring it to its loudness."""
        return f"volume={self.gain:.2f}dB,{CEILING}"


def mix(cut: Cut, folder: Path, *, timeout: float) -> Sound:
    """Make the sound of a cut in `folder`. Raises `FfmpegFailed`."""
    run_ffmpeg(_words(cut, folder), timeout=timeout, folder=folder)
    peaks = waveform((folder / "peaks.raw").read_bytes(), PEAKS)
    return Sound(folder / "sound.wav", _gain(cut, folder / "loudness.txt"), peaks)


def _words(cut: Cut, folder: Path) -> list[str]:
    inputs = [_input(piece) for piece in cut.pieces]
    if cut.beside:
        inputs.append(guarded_input(cut.beside.path))
    if cut.music and cut.recipe.music:
        start = f"{cut.recipe.music.start_ms / 1000:.3f}"
        inputs.append(["-ss", start, "-t", f"{cut.seconds:.3f}", *guarded_input(cut.music)])
    words = [word for each in inputs for word in each]
    words += ["-filter_complex", _graph(cut)]
    words += ["-map", "[out]", "-c:a", "pcm_s16le", str(folder / "sound.wav")]
    return [*words, "-map", "[peaks]", "-f", "s16le", str(folder / "peaks.raw")]


def _input(piece: Piece) -> list[str]:
    window = ["-ss", f"{piece.start:.3f}", "-t", f"{piece.length:.3f}"]
    return [*window, *guarded_input(piece.film.path)]


# --- The filter graph -----------------------------------------------------------------------------


def _graph(cut: Cut) -> str:
    chains = [_piece(piece, place) for place, piece in enumerate(cut.pieces)]
    heard = "".join(f"[p{place}]" for place in range(len(cut.pieces)))
    volume = cut.recipe.volume if _is_mixed(cut) else 1
    chains.append(f"{heard}concat=n={len(cut.pieces)}:v=0:a=1,volume={volume:g}[own]")
    voices, place = ["[own]"], len(cut.pieces)
    if cut.beside:
        chains.append(f"{_source(cut.beside, place)}{_lasting(cut.seconds)}[beside]")
        voices.append("[beside]")
        place += 1
    if cut.music and cut.recipe.music:
        chains.append(f"[{place}:a:0]{STEREO},{_music(cut.recipe.music, cut.seconds)}[music]")
        voices.append("[music]")
    chains.append(f"{''.join(voices)}{_together(len(voices))}asplit=2[out][measured]")
    # The integrated loudness so far, ten times a second; the last one counts.
    loudness = "ametadata=mode=print:key=lavfi.r128.I:file=loudness.txt"
    chains.append(
        f"[measured]ebur128=metadata=1,{loudness},aresample={PEAK_RATE},"
        "aformat=sample_fmts=s16:channel_layouts=mono[peaks]"
    )
    return ";".join(chains)


def _together(voices: int) -> str:
    return f"amix=inputs={voices}:duration=first:normalize=0," if voices > 1 else ""


def _piece(piece: Piece, place: int) -> str:
    return f"{_source(piece.film, place)}{_tempo(piece.speed)}{_lasting(piece.seconds)}[p{place}]"


def _source(film: Film, place: int) -> str:
    """A film without sound is silent: there is a sound all the same."""
    if not film.facts.has_audio:
        return "anullsrc=r=44100:cl=stereo,aformat=sample_fmts=fltp,"
    return f"[{place}:{film.facts.audio_stream}]{STEREO},"


def _tempo(speed: float) -> str:
    """Faster or slower at the same pitch, as browsers play it, in steps that `atempo` does well."""
    steps = []
    while not SLOWEST_TEMPO <= speed <= FASTEST_TEMPO:
        step = SLOWEST_TEMPO if speed < 1 else FASTEST_TEMPO
        steps.append(step)
        speed /= step
    steps += [speed] if speed != 1 else []
    return "".join(f"atempo={step:.6g}," for step in steps)


def _lasting(seconds: float) -> str:
    return f"apad,atrim=end={seconds:.6f}"


def _music(music: Music, seconds: float) -> str:
    """Silence where the sound is shorter than the video; it fades out at the video's end."""
    filters = [f"volume={music.volume:g}"]
    if music.fade_in_ms:
        filters.append(f"afade=t=in:d={music.fade_in_ms / 1000:.3f}")
    if music.fade_out_ms:
        length = min(music.fade_out_ms / 1000, seconds)
        filters.append(f"afade=t=out:st={seconds - length:.3f}:d={length:.3f}")
    return ",".join([*filters, _lasting(seconds)])


# --- Loudness -------------------------------------------------------------------------------------


def _is_mixed(cut: Cut) -> bool:
    """With something else beside it, or for silence, a film's own volume belongs into the mix;
    alone it is brought to the usual loudness first, and then made as quiet as was asked for."""
    return cut.music is not None or cut.beside is not None or cut.recipe.volume == 0


def _gain(cut: Cut, log: Path) -> float:
    """Decibels from what was measured to what is wanted."""
    own = 0.0 if _is_mixed(cut) else 20 * math.log10(cut.recipe.volume)
    measured = _measured(log)
    return own + (min(LOUDNESS - measured, MOST_GAIN) if measured > SILENCE else 0.0)


def _measured(log: Path) -> float:
    """LUFS; what is too short to be measured counts as silent."""
    values = [line.partition("=")[2] for line in log.read_text().splitlines() if "r128.I=" in line]
    return float(values[-1]) if values else -math.inf
