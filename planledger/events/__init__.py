"""What has happened: frozen, past tense, add-only. Imports nothing of ours."""
