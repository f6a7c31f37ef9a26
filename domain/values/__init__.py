"""Values as they come in: what they keep to, how they are written, what names a thing."""
