//! The program of the chat's frame; everything it does is in the library.

fn main() {
    widget::start();
}
