"""Gates, marks and rankings that can be defended, and project finance."""
