"""When reminders come, what they bring and which plan they belong to. Pure: no discord, no SQL, no clock."""
