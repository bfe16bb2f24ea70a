from django.apps import AppConfig


class StaffDoor(AppConfig):
    name = "hemvag.doors.staff"
    label = "staff_door"
