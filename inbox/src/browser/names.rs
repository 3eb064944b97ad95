//! Names in a text that is on screen.

use leptos::prelude::*;
use protocol::AgentProfile;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node, Text};

use crate::model::private_chat::pieces;

/// Marks who is named in an element's texts: elements are made, never HTML.
pub(crate) fn mark_names(element: &Element, people: &[AgentProfile]) {
    let holds_any = element.text_content().is_some_and(|text| text.contains('@'));
    if holds_any {
        mark(element, people);
    }
}

fn mark(parent: &Node, people: &[AgentProfile]) {
    let children = parent.child_nodes();
    let children: Vec<Node> = (0..children.length()).filter_map(|index| children.get(index)).collect();
    for child in children {
        let Some(text) = child.dyn_ref::<Text>() else {
            mark(&child, people);
            continue;
        };
        let pieces = pieces(&text.data(), people);
        if pieces.iter().all(|piece| piece.names.is_none()) {
            continue;
        }
        for piece in pieces {
            let made: Node = match (piece.names, document().create_element("mark")) {
                (Some(_), Ok(mark)) => {
                    mark.set_class_name("mention");
                    mark.set_text_content(Some(&piece.text));
                    mark.into()
                }
                _ => document().create_text_node(&piece.text).into(),
            };
            // Fails for no parent, and this is one.
            let _ = parent.insert_before(&made, Some(&child));
        }
        let _ = parent.remove_child(&child);
    }
}
