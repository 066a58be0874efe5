"""Finding one's way without a mouse."""

import re

from playwright.sync_api import Page

# Round the control itself, or round what is drawn as one with it.
HAS_RING = """(one) => [one, one.closest("label, .composer__field")].some((around) => {
    if (!around) return false;
    const { outlineStyle, boxShadow } = getComputedStyle(around);
    return outlineStyle === "solid" || boxShadow.includes("inset");
})"""


def press_until(page: Page, key: str, name: str) -> None:
    """Go on by keys until what has this name has the focus, and is seen to have it."""
    for _ in range(90):
        page.keyboard.press(key)
        focused = page.locator(":focus")
        if focused.count() and re.search(name, named(page)):
            assert focused.evaluate(HAS_RING), f"{name}: nobody sees where the focus is"
            return
    raise AssertionError(f"{name} cannot be reached by {key}")


def named(page: Page) -> str:
    return page.evaluate(
        """() => {
          const one = document.activeElement;
          const label = one.labels?.[0]?.textContent ?? "";
          return (one.getAttribute("aria-label") ?? (label + one.textContent)).trim();
        }"""
    )
