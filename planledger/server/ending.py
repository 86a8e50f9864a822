"""The end of a service, step by step."""

from collections.abc import Awaitable, Callable


class Ending:
    """How far the end has come. As it stands it never comes; whoever runs an app knows better."""

    def announced(self) -> bool:
        """Tell whether the service ends soon: no more requests should be sent to it."""
        return False

    def closing(self) -> bool:
        """Tell whether this process takes no more connections, and should close those it has."""
        return False

    def streams_end_by(self, end: Callable[[], Awaitable[None]]) -> None:
        """Hear how to end streams, which go on for ever, before connections are closed."""

    def let_go(self) -> None:
        """Hear that all is answered, and that the store is closed next."""
