//! An empty Leptos frame: the least that the widget could weigh. `cargo xtask size` prints it beside the widget.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <main></main> });
}
