"""The end of a service, step by step."""


class Ending:
    """How far the end has come. As it stands it never comes; whoever runs an app knows better."""

    def announced(self) -> bool:
        """Tell whether the service ends soon: no more requests should be sent to it."""
        return False

    def closing(self) -> bool:
        """Tell whether this process takes no more connections, and should close those it has."""
        return False

    def let_go(self) -> None:
        """Hear that all is answered, and that the store is closed next."""
