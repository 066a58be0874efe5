"""Voice messages: whatever a browser or phone recorded, in one format, equally loud, with its
waveform."""

from pathlib import Path

from accounts.ffmpeg import FfmpegFailed, guarded_input, run_ffmpeg, waveform
from chat.media.limits import LONGEST_VOICE, BadMedia
from chat.media.prepared import Prepared

CONTAINERS = "mov,matroska,webm,ogg,mp3,wav,aac"
PEAKS = 80
PEAK_RATE = 8000
BYTES_A_SECOND = 2 * PEAK_RATE
LONGEST_RUN = 120.0
# EBU R128: speech at -16 LUFS, as podcasts have it, never above -1.5 dB.
LOUDNESS = "loudnorm=I=-16:TP=-1.5:LRA=11"


def voice(source: Path, folder: Path) -> Prepared:
    """AAC in MP4, which every browser plays. Raises `BadMedia` (media.unreadable,
    media.too_long)."""
    try:
        run_ffmpeg(_arguments(source, folder), timeout=LONGEST_RUN)
        raw = (folder / "peaks.raw").read_bytes()
    except (FfmpegFailed, OSError):
        raise BadMedia("media.unreadable") from None
    seconds = len(raw) / BYTES_A_SECOND
    if not seconds:
        raise BadMedia("media.unreadable")
    # Recorders stop a moment late.
    if seconds > LONGEST_VOICE + 1:
        raise BadMedia("media.too_long")
    return Prepared("voice.m4a", seconds=seconds, waveform=waveform(raw, PEAKS))


def _arguments(source: Path, folder: Path) -> list[str]:
    mono = "aresample=44100,aformat=sample_fmts=fltp:channel_layouts=mono"
    heard = f"[0:a:0]{mono},{LOUDNESS},{mono},asplit[said][heard]"
    peaks = f"[heard]aresample={PEAK_RATE},aformat=sample_fmts=s16:channel_layouts=mono[peaks]"
    most = ["-t", str(LONGEST_VOICE + 2)]
    plain = ["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart"]
    return [
        *guarded_input(source, CONTAINERS),
        *("-filter_complex", f"{heard};{peaks}"),
        *("-map", "[said]", *most, "-c:a", "aac", "-b:a", "64k", *plain),
        str(folder / "voice.m4a"),
        *("-map", "[peaks]", *most, "-f", "s16le", str(folder / "peaks.raw")),
    ]
