"""How the ten demo films are made: cut from the sample film, else invented by ffmpeg itself."""

import tempfile
from pathlib import Path

from accounts.ffmpeg import run_ffmpeg
from config.demo import samples
from config.demo.cuts import CUTS, Cut
from config.demo.scenes import SCENES, SECONDS, Scene

TIMEOUT = 120.0


def make_clip(key: str, target: Path) -> None:
    """Write the clip of this key, 720x1280, in a form that `render` copies without a new encode."""
    found = samples.find()
    with tempfile.TemporaryDirectory() as folder:
        if found.complete:
            source, length = _from_film(CUTS[key], found), CUTS[key].length
        else:
            source, length = _invented(SCENES[key], Path(folder)), SECONDS
        run_ffmpeg([*source, *_output(length), target], timeout=TIMEOUT)


def describe(key: str) -> str:
    """What this clip shows, for those who do not see it."""
    return (CUTS if samples.find().complete else SCENES)[key].alt


def _output(length: float) -> list[str]:
    return [
        *("-map", "[v]", "-map", "[a]", "-t", f"{length:.2f}"),
        *("-c:v", "libx264", "-preset", "superfast", "-crf", "23", "-pix_fmt", "yuv420p"),
        *("-maxrate", "2000k", "-bufsize", "2000k", "-g", "60", "-threads", "2"),
        *("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "44100"),
        *("-map_metadata", "-1", "-movflags", "+faststart"),
    ]


def _from_film(cut: Cut, found: samples.Samples) -> list[str]:
    mood, number, offset = cut.track
    tracks = found.music[mood]
    track = tracks[number % len(tracks)]
    drift = f"{cut.pan}+{(cut.pan if cut.pan_to is None else cut.pan_to) - cut.pan:.3f}"
    picture = "setpts=PTS-STARTPTS,"
    picture += f"crop=ih*{cut.aspect}/{cut.zoom}:ih/{cut.zoom}"
    picture += f":(iw-ow)*({drift}*min(t/{cut.seconds}\\,1)):(ih-oh)*0.6"
    picture += ",scale=720:-2:flags=lanczos"
    picture += ",hflip" if cut.mirror else ""
    picture += f",{cut.look}" if cut.look else ""
    picture += f",{cut.around}" if cut.around else ""
    picture += f",setsar=1,setpts=PTS*{cut.slow}"
    # Stretched time has too few pictures: blend neighbours, or the slow parts would stutter.
    picture += ",framerate=fps=30" if cut.slow > 1 else ",fps=30"
    if cut.boomerang:
        picture += ",split[there][b];[b]reverse[back];[there][back]concat=n=2:v=1:a=0"
    fade = f"afade=t=in:d=0.2,afade=t=out:st={cut.length - 0.5:.2f}:d=0.5"
    return [
        *("-ss", str(cut.start), "-t", str(cut.seconds), "-i", str(found.films[cut.film])),
        *("-ss", str(offset), "-i", str(track)),
        "-filter_complex",
        f"[0:v]{picture}[v];[1:a]aformat=sample_rates=44100:channel_layouts=stereo,{fade}[a]",
    ]


# --- Without samples ------------------------------------------------------------------------------


def _invented(scene: Scene, folder: Path) -> list[str]:
    """The scene's layers, drawn into `folder`, moving over each other to the scene's tune."""
    inputs: list[str] = []
    graph: list[str] = []
    for place, layer in enumerate(scene.layers()):
        path = folder / f"{place}.png"
        layer.picture.save(path, compress_level=1)
        inputs += ["-framerate", "30", "-i", str(path)]
        # Decoded and converted once, then the same picture again and again.
        pixels = "yuva420p" if place else "yuv420p"
        graph.append(f"[{place}:v]format={pixels},loop=-1:1[l{place}]")
        if place:
            under = "l0" if place == 1 else f"m{place - 1}"
            graph.append(f"[{under}][l{place}]overlay=x='{layer.x}':y='{layer.y}'[m{place}]")
    count = len(graph) // 2 + 1
    look = f",{scene.look}" if scene.look else ""
    graph.append(f"[m{count - 1}]setsar=1{look}[v]")
    graph.append(f"[{count}:a]afade=t=in:d=0.1,afade=t=out:st={SECONDS - 1}:d=1[a]")
    tune = f"aevalsrc='{_tune(scene)}':s=44100:d={SECONDS}"
    return [*inputs, "-f", "lavfi", "-i", tune, "-filter_complex", ";".join(graph)]


def _tune(scene: Scene) -> str:
    """Plucked notes over a low chord that breathes, as an expression of the time."""
    turn = f"mod(floor(t/{scene.pace}),{len(scene.steps)})"
    steps = "+".join(f"{step}*eq({turn},{place})" for place, step in enumerate(scene.steps))
    since = f"mod(t,{scene.pace})"
    pluck = f"0.22*min(1,{since}*200)*exp(-4*{since})"
    note = f"2*PI*{scene.root}*pow(2,({steps})/12)*{since}"
    chord = "+".join(
        f"0.05*sin(2*PI*t*{scene.root * ratio:.2f})*(0.7+0.3*sin(t*{1 + 0.3 * place:.1f}))"
        for place, ratio in enumerate((0.5, 0.75, 1.0))
    )
    return f"{pluck}*(sin({note})+0.35*sin(2*{note})+0.12*sin(3*{note}))+{chord}"
