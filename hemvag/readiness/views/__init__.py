"""The pages of readiness, one file a part."""
