// The shop's own links open the chat as well as the button in the corner does.
window.PorchlightSettings = { launcher: { selector: ".ask" } };
