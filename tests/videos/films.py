"""Tiny films made on the spot, one for each oddity that phones, browsers and attackers send."""

from pathlib import Path

from accounts.ffmpeg import run_ffmpeg

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
AAC = ("-c:a", "aac", "-ac", "2", "-ar", "44100")

# ffmpeg 5 takes the colours from these options, later ones from the pictures themselves.
HLG = (
    *("-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc"),
    *("-vf", "setparams=color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc"),
)


def film(
    path: Path,
    *options: str,
    size: str = "90x160",
    seconds: float = 1,
    rate: int = 25,
    sound: bool = True,
) -> Path:
    """A short clip of moving patterns and a tone; `options` go before the output's name."""
    words = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}"]
    if sound:
        words += ["-f", "lavfi", "-i", f"sine=f=440:r=44100:d={seconds}"]
    codecs = [] if path.suffix == ".webm" else [*X264, *(AAC if sound else ())]
    run_ffmpeg([*words, *codecs, *options, path], timeout=30)
    return path


def turned(path: Path, degrees: int) -> Path:
    """A film lying on its side, as phones store what was filmed upright: a matrix turns it.

    The bytes are set here, because ffmpeg's option for it differs between versions.
    """
    film(path, size="160x90")
    content = bytearray(path.read_bytes())
    track = content.index(b"tkhd")
    matrix = track + 4 + 40
    one = (0x10000).to_bytes(4, "big")
    minus_one = (-0x10000).to_bytes(4, "big", signed=True)
    zero = bytes(4)
    b, c = (one, minus_one) if degrees == 90 else (minus_one, one)
    content[matrix : matrix + 20] = zero + b + zero + c + zero
    path.write_bytes(content)
    return path


def lasting(path: Path, hours: float) -> Path:
    """A film of two pictures, the second one hours later: small, and honest about its length."""
    run_ffmpeg(
        [
            *("-f", "lavfi", "-i", "testsrc2=s=90x160:r=1:d=2"),
            *("-vf", f"setpts=N*{hours * 3600}/TB", "-fps_mode", "passthrough"),
            *X264,
            path,
        ],
        timeout=30,
    )
    return path


def playlist(path: Path, secret: Path) -> Path:
    """An HLS playlist that names a local file as its only segment."""
    path.write_text(
        f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{secret}\n#EXT-X-ENDLIST\n"
    )
    return path
