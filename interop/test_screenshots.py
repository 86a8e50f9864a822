"""The pictures of pages that the documentation shows."""

from interop.screenshots import FOLDER, LARGEST, PICTURES


def test_every_picture_is_there_and_small() -> None:
    """`make screenshots` makes them; one that is gone would be a hole in the README."""
    sizes = {path.stem: path.stat().st_size for path in FOLDER.glob("*.webp")}
    assert sizes.keys() == {picture.name for picture in PICTURES}
    assert [name for name, size in sizes.items() if size > LARGEST] == []
