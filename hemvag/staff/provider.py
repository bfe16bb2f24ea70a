"""What django-allauth looks for in an app: the providers of sign-in that it brings. Ours is the municipality's own."""

from hemvag.staff.municipal import Municipality

provider_classes = [Municipality]
