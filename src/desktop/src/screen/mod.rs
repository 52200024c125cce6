//! The places of the window, one file each.
