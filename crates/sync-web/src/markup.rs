//! Makes elements of a message: never by HTML, so that nothing in it can be anything but what is made here.

use js_sys::Reflect;
use markup::{Node, Tag, is_only_emoji, parse};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlAnchorElement};

/// Fills an element with a message, in place of what is in it.
///
/// Whoever follows a link tells the site nothing of this page, and is told where it leads if that is not what it says: by the
/// browser's own reading of the address, in which look-alike letters do not look alike (SPEC MK5).
pub fn show_message(element: &Element, text: &str) {
    let Some(document) = element.owner_document() else { return };
    element.set_text_content(None);
    // The style sheets show it large.
    let _ = element.toggle_attribute_with_force("data-emoji", is_only_emoji(text));
    append(&document, element, &parse(text));
}

fn append(document: &Document, parent: &Element, nodes: &[Node<'_>]) {
    for node in nodes {
        match node {
            Node::Text(text) => {
                let _ = parent.append_child(&document.create_text_node(text));
            }
            Node::Link { label, address, is_named } => {
                append_link(document, parent, label, address, *is_named)
            }
            Node::Element(tag, children) => {
                let Ok(element) = document.create_element(name_of(*tag)) else { continue };
                if let Tag::NumberedItem(number) = tag {
                    let _ = Reflect::set(&element, &"value".into(), &(*number).into());
                }
                append(document, &element, children);
                let _ = parent.append_child(&element);
            }
        }
    }
}

fn append_link(document: &Document, parent: &Element, label: &str, address: &str, is_named: bool) {
    let Ok(link) = document.create_element("a") else { return };
    for (name, value) in [
        ("href", address),
        ("target", "_blank"),
        ("rel", "noopener noreferrer nofollow ugc"),
        ("dir", "auto"),
    ] {
        let _ = link.set_attribute(name, value);
    }
    link.set_text_content(Some(label));
    let _ = parent.append_child(&link);
    if is_named
        && let (Ok(place), Some(link)) = (document.create_element("bdi"), link.dyn_ref::<HtmlAnchorElement>())
    {
        let host = link.host();
        let leads_to = if host.is_empty() { link.pathname() } else { host };
        place.set_text_content(Some(&[" (", &leads_to, ")"].concat()));
        let _ = place.set_attribute("dir", "ltr");
        let _ = parent.append_child(&place);
    }
}

const fn name_of(tag: Tag) -> &'static str {
    match tag {
        Tag::Strong => "strong",
        Tag::Emphasis => "em",
        Tag::Strike => "s",
        Tag::Code => "code",
        Tag::CodeBlock => "pre",
        Tag::Quote => "blockquote",
        Tag::Bullets => "ul",
        Tag::Numbers => "ol",
        Tag::Item | Tag::NumberedItem(_) => "li",
    }
}
