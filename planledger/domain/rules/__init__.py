"""The rules: one function a command, from a case to the events it makes or a refusal."""
