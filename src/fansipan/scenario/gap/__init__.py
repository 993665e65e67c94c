"""The gap between the year's plan and where the year ends: what opens it, what growth it asks for, what closes it."""
