"""What people type about the registers, a module for each part of them."""
