// Words of the page's own: good ones, one that is too long, one that is no text, and one that there is not.
window.PorchlightSettings = {
  strings: {
    launcher_open: "Frag uns",
    send: "Ab damit",
    file_remove: "{name} weg",
    resolved: "x".repeat(400),
    edit: 5,
    applause: "Applaus",
    is_here: "<b>{name}</b> hat Zeit",
  },
};
