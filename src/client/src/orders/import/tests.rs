use super::*;

#[test]
fn a_package_is_named_after_its_file() {
    let name = |path: &str| package_name(Path::new(path)).unwrap().to_string();
    assert_eq!(name("/tmp/Novemberi bérek.xml"), "Novemberi bérek");
    assert_eq!(name("C|⚡⚡.xml"), "C");
    assert_eq!(name("⚡.xml"), "Import");
    assert_eq!(name(&format!("{}.xml", "a".repeat(200))).chars().count(), PackageName::MAX);
}
