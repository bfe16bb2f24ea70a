"""Workers, their memberships and absences, and how they sign in."""
