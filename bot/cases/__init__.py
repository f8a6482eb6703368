"""Case presentations: templates filled in, posted under one's own name. No discord, no SQL, no clock."""
