"""A page as somebody goes through it who has no mouse."""

from typing import Final

from msgspec import Struct, convert

from interop.browsing import Window

_REMEMBER: Final = """() => {
  const looks = (element) => {
    const style = getComputedStyle(element);
    return [style.outline, style.boxShadow, style.backgroundColor, style.border].join();
  };
  const reachable = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
  const all = [...document.querySelectorAll("*")];
  const one = new Set();  // of several radio buttons of one name, one is a stop
  const stops = reachable.filter((element) => {
    if (element.disabled || !element.checkVisibility()) return false;
    if (element.type !== "radio") return true;
    if (one.has(element.name)) return false;
    return one.add(element.name);
  });
  globalThis.keyboard = {looks, all, before: new Map(all.map((each) => [each, looks(each)]))};
  return stops.length;
}"""
_HERE: Final = """() => {
  const {looks, all, before} = globalThis.keyboard;
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const {top, bottom, left, right, width, height} = element.getBoundingClientRect();
  return {
    place: all.indexOf(element),
    said: `<${element.localName}> ${(element.innerText || element.name || "").trim().slice(0, 60)}`,
    stands_out: looks(element) !== before.get(element),
    in_sight: width > 0 && height > 0 && bottom > 0 && top < innerHeight && right > 0
      && left < innerWidth,
  };
}"""

_CALLED: Final = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const label = element.labels && element.labels[0];
  return (label || element).innerText.replace(/\\s+/g, " ").trim();
}"""
_MOST_STOPS: Final = 400


class Stop(Struct, frozen=True):
    """Where the Tab key leads."""

    place: int
    """How many elements stand before it in the page."""
    said: str
    stands_out: bool
    """It looks otherwise than before it was come to."""
    in_sight: bool


def stops_of(window: Window) -> tuple[int, list[Stop]]:
    """Go through a page by the Tab key, from its beginning until it has been left.

    Gives how many stops there should be at least, and those there were. Raises AssertionError where
    the page is never left.
    """
    expected: int = window.examined(_REMEMBER)
    found = list[Stop]()
    while len(found) <= 2 * expected + 10:
        window.page.keyboard.press("Tab")
        here = window.examined(_HERE)
        if here is None or (found and here["place"] == found[0].place):
            return expected, found
        found.append(convert(here, Stop))
    raise AssertionError(f"No way out of the page: {[stop.said for stop in found[-5:]]}")


def faults(window: Window) -> list[str]:
    """Give what somebody without a mouse would find wrong with a page."""
    expected, stops = stops_of(window)
    places = [stop.place for stop in stops]
    wrong = [f"not seen where one is: {stop.said}" for stop in stops if not stop.stands_out]
    wrong += [f"out of sight: {stop.said}" for stop in stops if not stop.in_sight]
    wrong += [
        f"before what stands before it: {stop.said}"
        for stop, after in zip(stops, places[1:], strict=False)
        if after < stop.place
    ]
    if len(stops) < expected:
        wrong.append(f"{expected - len(stops)} of {expected} cannot be come to")
    return wrong


def come_to(window: Window, said: str) -> None:
    """Go on by the Tab key to the link, button or field that is called so.

    Raises AssertionError where the page has none from here on.
    """
    called: list[str] = []
    while len(called) <= _MOST_STOPS:
        window.page.keyboard.press("Tab")
        here = window.examined(_CALLED)
        if here == said:
            return
        if here is None:
            break
        called.append(here)
    raise AssertionError(f"There is no {said!r} to come to, only {called}")
