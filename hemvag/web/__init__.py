"""Page frame, components, forms and Swedish order; knows no domain."""
