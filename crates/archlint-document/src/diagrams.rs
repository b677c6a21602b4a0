//! Diagrams.

use crate::Document;

/// The largest width or height in pixels at which an image is an icon and no diagram.
pub(crate) const ICON_SIZE: u32 = 64;

pub(crate) fn find(_document: &mut Document, _small_images: &[usize]) {}
