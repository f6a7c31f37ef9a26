"""The server: bodies, documents and headers as they come, probes, starting and stopping."""
