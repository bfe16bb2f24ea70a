"""Keys, sealed bytes and blind tokens; knows no model."""
