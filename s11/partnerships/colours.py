"""Whether words can be read on a colour: the contrast of the Web Content Accessibility Guidelines 2.2."""

import colorsys
import re

HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
WHITE = "#ffffff"
# The yellow behind what has the keyboard's focus: see static/scss/_brand.scss.
FOCUS = "#ffcf40"
FOR_WORDS = 4.5
STEPS = 255


def canonical(typed: str) -> str | None:
    """A colour as #rrggbb however it was typed; None if it is none."""
    found = HEX.fullmatch(typed.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return f"#{digits if len(digits) == 6 else ''.join(2 * digit for digit in digits)}"


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """How light a colour is to the eye, from 0 to 1."""
    red, green, blue = (_linear(part) for part in parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parts(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, each from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def carries_white(colour: str) -> bool:
    """Whether white words on it can be read. The yellow of the focus then stands out from it too."""
    return contrast(colour, WHITE) >= FOR_WORDS


def darkened(colour: str, least: float = FOR_WORDS) -> str:
    """The nearest darker colour of the same hue on which white words can be read; itself where they can."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*parts(colour))
    for step in range(STEPS + 1):
        lighter = max(lightness - step / STEPS, 0)
        tried = _hex(colorsys.hls_to_rgb(hue, lighter, saturation)) if step else colour
        if contrast(tried, WHITE) >= least:
            return tried
    return "#000000"


def _hex(rgb: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def figure(ratio: float) -> str:
    """3.1 : 1, never rounded up: what falls short is not said to reach it."""
    return f"{int(ratio * 10) / 10:.1f} : 1"


def fault_of(colour: str) -> str | None:
    """Why a colour cannot be used, with the nearest that can; None where nothing is wrong."""
    if carries_white(colour):
        return None
    return (
        f"White words on {colour} have a contrast of {figure(contrast(colour, WHITE))}, and need "
        f"{FOR_WORDS} : 1 to be read by everybody. {darkened(colour)} would do: it is the nearest darker one."
    )


def style_sheet(colour: str) -> str:
    """The colours of the frame of a page, as the style sheet of the product names them."""
    strong = darkened(colour, contrast(colour, WHITE) * 1.35)
    return (
        ":root{"
        f"--s11-brand:{colour};--s11-brand-strong:{strong};--s11-brand-soft:{WHITE};--s11-brand-edge:{WHITE}"
        "}\n"
    )
