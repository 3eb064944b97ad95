//! Notifications of the browser, and a sound.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::storage::{LocalStorage, Storage as _};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, Notification, NotificationOptions, NotificationPermission, OscillatorType};

use crate::model::notice::Preferences;

const PREFERENCES: &str = "porchlight:inbox:notices";

/// What the person chose for this browser, in whichever tab.
pub(crate) fn preferences() -> Preferences {
    LocalStorage::get(PREFERENCES).unwrap_or_default()
}

/// Keeps what they chose.
pub(crate) fn keep_preferences(chosen: &Preferences) {
    // Without storage there is nothing but the defaults.
    let _ = LocalStorage::set(PREFERENCES, chosen);
}

/// Whether the browser shows notifications of this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permit {
    /// The person has not been asked.
    Unasked,
    /// It does.
    Given,
    /// The person, or the browser for them, refused; only they can change that, in the browser's settings.
    Refused,
    /// It knows none.
    Unknown,
}

/// Reads whether it does.
pub(crate) fn permit() -> Permit {
    if js_sys::Reflect::get(&js_sys::global(), &"Notification".into()).is_ok_and(|known| known.is_undefined())
    {
        return Permit::Unknown;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permit::Given,
        NotificationPermission::Denied => Permit::Refused,
        _ => Permit::Unasked,
    }
}

/// Has the browser ask the person, which it does only where they have just pressed something.
pub(crate) async fn ask() -> Permit {
    if let Ok(answer) = Notification::request_permission() {
        // What was answered is read below.
        let _ = JsFuture::from(answer).await;
    }
    permit()
}

type Shown = Rc<RefCell<BTreeMap<String, (Notification, Closure<dyn FnMut()>)>>>;

/// The notifications on screen, each under a key.
#[derive(Clone, Default)]
pub(crate) struct Notifications(Shown);

impl Notifications {
    /// Shows one in place of the earlier one of the same key; `on_click` runs when the person chooses it.
    pub(crate) fn show(&self, key: &str, title: &str, text: &str, mut on_click: impl FnMut() + 'static) {
        let options = NotificationOptions::new();
        options.set_body(text);
        options.set_tag(key);
        options.set_silent(Some(true));
        // Fails on phones, whose browsers show notifications of workers only.
        let Ok(notification) = Notification::new_with_options(title, &options) else { return };
        let (shown, own) = (Rc::clone(&self.0), key.to_owned());
        let clicked = Closure::new(move || {
            on_click();
            if let Ok(mut all) = shown.try_borrow_mut()
                && let Some((notification, clicked)) = all.remove(&own)
            {
                notification.close();
                // It is running.
                clicked.forget();
            }
        });
        notification.set_onclick(Some(clicked.as_ref().unchecked_ref()));
        self.0.borrow_mut().insert(key.to_owned(), (notification, clicked));
    }

    /// Takes one off the screen.
    pub(crate) fn close(&self, key: &str) {
        if let Some((notification, _)) = self.0.borrow_mut().remove(key) {
            notification.close();
        }
    }

    /// Takes all of them off the screen.
    pub(crate) fn close_all(&self) {
        for (notification, _) in self.0.take().into_values() {
            notification.close();
        }
    }
}

/// Plays two short tones, if the browser lets the page be heard: it does once somebody has pressed something there.
pub(crate) fn chime() {
    // There is nothing to be done for a page that may not be heard.
    let _ = tones();
}

fn tones() -> Result<(), JsValue> {
    thread_local! {
        static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
    }
    let context = CONTEXT.with_borrow_mut(|kept| {
        if kept.is_none() {
            *kept = AudioContext::new().ok();
        }
        kept.clone()
    });
    let Some(context) = context else { return Ok(()) };
    let _ = context.resume()?;
    let begin = context.current_time();
    for (after, pitch) in [(0.0, 660.0), (0.14, 880.0)] {
        let (tone, volume) = (context.create_oscillator()?, context.create_gain()?);
        tone.set_type(OscillatorType::Sine);
        tone.frequency().set_value(pitch);
        let at = begin + after;
        volume.gain().set_value_at_time(0.0001, at)?;
        volume.gain().exponential_ramp_to_value_at_time(0.12, at + 0.02)?;
        volume.gain().exponential_ramp_to_value_at_time(0.0001, at + 0.32)?;
        tone.connect_with_audio_node(&volume)?.connect_with_audio_node(&context.destination())?;
        tone.start_with_when(at)?;
        tone.stop_with_when(at + 0.34)?;
    }
    Ok(())
}
