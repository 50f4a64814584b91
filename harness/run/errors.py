"""Errors, named by whose fault they are."""


class HarnessError(Exception):
    """Our own fault: something the suite promises does not hold."""


class AdapterError(Exception):
    """The environment's fault: ``subject`` names the input, ``reason`` what was expected of it, ``hint`` a way out.

    ``said``: what its process wrote to its standard error.
    """

    def __init__(self, subject: str, reason: str, hint: str = "", said: str = "") -> None:
        super().__init__(subject, reason, hint)
        self.subject = subject
        self.reason = reason
        self.hint = hint
        self.said = said

    def __str__(self) -> str:
        """The input and what was expected of it."""
        return f"{self.subject}: {self.reason}"


class TreeRefusedError(AdapterError):
    """The file system does not take a tree, whoever reads it: a name it does not allow, a path too long for it."""


class ProtocolError(Exception):
    """The agent's fault: what came back is not what its contract says."""
