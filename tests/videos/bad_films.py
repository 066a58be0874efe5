"""Films that something is wrong with, made on the spot: what broken phones, hurried people and
attackers send. Each maker writes to `path` and answers it."""

import random
from pathlib import Path

import av

from accounts.ffmpeg import run_ffmpeg
from tests.videos.films import HLG, film, lasting, playlist, turned

PAYLOAD = b"<script>steal()</script>"
PLACE = b"+52.5200+013.4050"
# Without absolute offsets: something may stand before it.
MOVABLE = ("-movflags", "+frag_keyframe+empty_moov+default_base_moof")


def zeros(path: Path) -> Path:
    path.write_bytes(bytes(5000))
    return path


def words(path: Path) -> Path:
    path.write_bytes(b"plain words, whatever the name says" * 40)
    return path


def picture(path: Path) -> Path:
    run_ffmpeg(["-f", "lavfi", "-i", "testsrc2=s=90x160:d=0.04", "-f", "image2", path], timeout=20)
    return path


def hls_playlist(path: Path) -> Path:
    return playlist(path, film(path.with_suffix(".ts")))


def ffconcat(path: Path) -> Path:
    path.write_text(f"ffconcat version 1.0\nfile {film(path.with_suffix('.ts'))}\n")
    return path


def svg(path: Path) -> Path:
    path.write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg">' + PAYLOAD + b"</svg>")
    return path


def cut_short(path: Path) -> Path:
    """Its index was to come at the end."""
    return _halved(film(path, seconds=2))


def cut_short_behind_its_index(path: Path) -> Path:
    return _halved(film(path, "-movflags", "+faststart", seconds=2))


def _halved(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def ten_hours(path: Path) -> Path:
    return lasting(path, hours=10)


def one_pixel(path: Path) -> Path:
    small = ("-vf", "scale=1:1", "-pix_fmt", "yuv444p")
    return film(path, *small, "-c:v", "libvpx-vp9", "-deadline", "realtime", sound=False)


def sixteen_thousand_wide(path: Path) -> Path:
    return _still_frame(path, "16384x1024")


def _still_frame(path: Path, size: str) -> Path:
    source = f"testsrc2=s={size}:r=25:d=0.04"
    run_ffmpeg(["-f", "lavfi", "-i", source, "-c:v", "mjpeg", path], timeout=30)
    return path


def only_sound(path: Path) -> Path:
    run_ffmpeg(["-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", "-f", "mp4", path], timeout=20)
    return path


def strange_codec(path: Path) -> Path:
    run_ffmpeg(["-f", "lavfi", "-i", "testsrc2=s=90x160:d=1", "-c:v", "ffv1", path], timeout=20)
    return path


def noise(path: Path) -> Path:
    """A proper index of pictures that are none."""
    film(path, "-movflags", "+faststart")
    content = bytearray(path.read_bytes())
    start = content.index(b"mdat") + 4
    content[start:] = random.Random(4).randbytes(len(content) - start)
    path.write_bytes(content)
    return path


# --- What can be shown all the same ---------------------------------------------------------------


def right_film_wrong_name(path: Path) -> Path:
    return film(path.with_suffix(".mp4")).rename(path)


def broken_sound(path: Path) -> Path:
    """Half of the sound is noise."""
    film(path, seconds=2)
    content, chance = bytearray(path.read_bytes()), random.Random(4)
    with av.open(str(path)) as container:
        for packet in container.demux(audio=0):
            if packet.pos and packet.size and chance.random() < 0.5:
                content[packet.pos : packet.pos + packet.size] = chance.randbytes(packet.size)
    path.write_bytes(content)
    return path


def high_speed(path: Path) -> Path:
    return film(path, rate=240)


def huge_metadata(path: Path) -> Path:
    """A box of 20 MB that nobody reads, before everything else."""
    film(path, *MOVABLE)
    size = 20 * 2**20
    path.write_bytes((size + 8).to_bytes(4, "big") + b"skip" + bytes(size) + path.read_bytes())
    return path


def polyglot_page(path: Path) -> Path:
    """A page for a browser that guesses, a film for us."""
    film(path, *MOVABLE)
    page = b"<!doctype html>" + PAYLOAD
    path.write_bytes((len(page) + 8).to_bytes(4, "big") + b"free" + page + path.read_bytes())
    return path


def polyglot_archive(path: Path) -> Path:
    """A film with an archive behind it."""
    film(path)
    path.write_bytes(path.read_bytes() + b"PK\x03\x04" + PAYLOAD + b"PK\x05\x06" + bytes(18))
    return path


def with_place(path: Path) -> Path:
    place = f"location={PLACE.decode()}/"
    return film(path, "-metadata", place, "-movflags", "use_metadata_tags")


def upside_down(path: Path) -> Path:
    return turned(path, 90)


def hevc(path: Path) -> Path:
    return film(path, "-c:v", "libx265", "-x265-params", "log-level=error", "-tag:v", "hvc1")


def hlg(path: Path) -> Path:
    return film(path, "-pix_fmt", "yuv420p10le", *HLG)


def mute(path: Path) -> Path:
    return film(path, sound=False)


def odd_size(path: Path) -> Path:
    return film(path, "-vf", "scale=91:161,format=yuv444p", "-pix_fmt", "yuv444p")


def uneven_pace(path: Path) -> Path:
    """Pictures whenever the phone had time."""
    return film(path, "-vf", "select='not(mod(n,3))+eq(n,4)'", "-fps_mode", "vfr")


def recording(path: Path) -> Path:
    """A browser's, which never says how long it is."""
    return film(path, "-c:v", "libvpx", "-c:a", "libopus", "-live", "1")
