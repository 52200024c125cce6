//! Whether somebody has switched the smart card service off for good: then plugging a token in does not start it.

/// Whether it is switched off. Known on Windows only; elsewhere a service that does not run is all that can be said.
#[cfg(not(windows))]
pub(crate) fn is_disabled() -> bool {
    false
}

/// Whether it is switched off: "Disabled" (4) as the start type of SCardSvr. Everybody may read that.
#[cfg(windows)]
pub(crate) fn is_disabled() -> bool {
    const SERVICE: &str = r"SYSTEM\CurrentControlSet\Services\SCardSvr";
    const DISABLED: u32 = 4;
    let start = windows_registry::LOCAL_MACHINE.open(SERVICE).and_then(|key| key.get_u32("Start"));
    start == Ok(DISABLED)
}
