//! What the end-to-end tests share: a virtual card, a private smart card service.

pub mod browser;
pub mod card;
pub mod command_line;
pub mod desk;
pub mod desktop_bus;
pub mod display;
pub mod hands;
pub mod house;
pub mod master_data;
pub mod memory;
pub mod operator;
pub mod orders;
pub mod pcscd;
pub mod person;
pub mod releases;
pub mod seat;
pub mod softhsm;
pub mod story;
pub mod torture;
pub mod web_pictures;
pub mod web_user;
