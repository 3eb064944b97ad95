//! What to paste where, for each way in which sites are made.

use protocol::http::pinned::PinnedScript;

/// How a site is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Platform {
    /// Pages by hand.
    Html,
    /// WordPress.
    WordPress,
    /// Shopify.
    Shopify,
    /// Google Tag Manager.
    TagManager,
    /// Next.js.
    Next,
    /// Nuxt.
    Nuxt,
    /// SvelteKit.
    SvelteKit,
    /// Astro.
    Astro,
    /// Ruby on Rails.
    Rails,
    /// Laravel.
    Laravel,
    /// Django.
    Django,
}

/// What to do and what to paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guide {
    /// Where it goes.
    pub(crate) place: &'static str,
    /// What to paste.
    pub(crate) paste: String,
    /// What else is good to know.
    pub(crate) note: Option<&'static str>,
}

impl Platform {
    /// Every platform, in the order of the choice.
    pub(crate) const EVERY: [Self; 11] = [
        Self::Html,
        Self::WordPress,
        Self::Shopify,
        Self::TagManager,
        Self::Next,
        Self::Nuxt,
        Self::SvelteKit,
        Self::Astro,
        Self::Rails,
        Self::Laravel,
        Self::Django,
    ];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Html => "Plain HTML",
            Self::WordPress => "WordPress",
            Self::Shopify => "Shopify",
            Self::TagManager => "Google Tag Manager",
            Self::Next => "Next.js",
            Self::Nuxt => "Nuxt",
            Self::SvelteKit => "SvelteKit",
            Self::Astro => "Astro",
            Self::Rails => "Rails",
            Self::Laravel => "Laravel",
            Self::Django => "Django",
        }
    }

    /// What to do there. `host` is where Porchlight is reached, as in `https://chat.example`.
    pub(crate) fn guide(self, host: &str, key: &str) -> Guide {
        let script = format!("{host}/widget.js");
        let plain = tag(host, key);
        match self {
            Self::Html => Guide {
                place: "On every page, in the head or just before </body>:",
                paste: plain,
                note: Some("Twice on a page does no harm."),
            },
            Self::WordPress => Guide {
                place: "At the end of the file functions.php of your child theme, or as a PHP snippet in a plugin like WPCode:",
                paste: format!(
                    "add_action( 'wp_footer', function () {{\n    wp_print_script_tag( array(\n        'src'       => '{script}',\n        'async'     => true,\n        'data-site' => '{key}',\n    ) );\n}} );"
                ),
                note: Some(
                    "Plugins that delay or join scripts can keep the chat away until a visitor moves. Exclude widget.js from them.",
                ),
            },
            Self::Shopify => Guide {
                place: "In Online Store, Themes, the menu of your theme, Edit code: in layout/theme.liquid, just before </body>:",
                paste: plain,
                note: Some("Shopify's checkout does not load the theme, so that the chat is not there."),
            },
            Self::TagManager => Guide {
                place: "A new tag of the type Custom HTML, with the trigger All Pages:",
                paste: format!(
                    "<script>\n  (function () {{\n    var tag = document.createElement('script');\n    tag.async = true;\n    tag.src = '{script}';\n    tag.setAttribute('data-site', '{key}');\n    document.head.appendChild(tag);\n  }})();\n</script>"
                ),
                note: Some(
                    "Tag Manager drops data attributes of a plain script tag, so that it is made by a script here.",
                ),
            },
            Self::Next => Guide {
                place: "In app/layout.tsx, with the import at the top and the rest inside <body>, after {children}:",
                paste: format!(
                    "import Script from \"next/script\";\n\n<Script\n  src=\"{script}\"\n  data-site=\"{key}\"\n  strategy=\"afterInteractive\"\n/>"
                ),
                note: Some("With the pages folder, the same goes into pages/_app.tsx, beside <Component>."),
            },
            Self::Nuxt => Guide {
                place: "In nuxt.config.ts:",
                paste: format!(
                    "export default defineNuxtConfig({{\n  app: {{\n    head: {{\n      script: [\n        {{ src: \"{script}\", async: true, \"data-site\": \"{key}\" }},\n      ],\n    }},\n  }},\n}});"
                ),
                note: None,
            },
            Self::SvelteKit => Guide {
                place: "In src/app.html, in the head, before %sveltekit.head%:",
                paste: plain,
                note: None,
            },
            Self::Astro => Guide {
                place: "In the head of your layout, such as src/layouts/Layout.astro:",
                paste: plain.replacen("<script async", "<script is:inline async", 1),
                note: Some("is:inline keeps Astro from rewriting the tag."),
            },
            Self::Rails => Guide {
                place: "In app/views/layouts/application.html.erb, in the head:",
                paste: format!(
                    "<%= javascript_include_tag \"{script}\", async: true, nonce: true, data: {{ site: \"{key}\" }} %>"
                ),
                note: Some(
                    "It stays through Turbo's visits. The nonce is only written if your policy uses one.",
                ),
            },
            Self::Laravel => Guide {
                place: "In the layout of your pages, such as resources/views/components/layouts/app.blade.php, before </head>:",
                paste: plain,
                note: Some("With Inertia, that file is resources/views/app.blade.php."),
            },
            Self::Django => Guide {
                place: "In the template that your pages extend, such as templates/base.html, before </head>:",
                paste: plain,
                note: None,
            },
        }
    }
}

/// The tag itself.
pub(crate) fn tag(host: &str, key: &str) -> String {
    format!("<script async src=\"{host}/widget.js\" data-site=\"{key}\"></script>")
}

/// The tag of one version of the script, which stays as it is.
pub(crate) fn pinned_tag(host: &str, key: &str, script: &PinnedScript) -> String {
    let PinnedScript { path, integrity } = script;
    format!(
        "<script async src=\"{host}{path}\" integrity=\"{integrity}\" crossorigin=\"anonymous\" data-site=\"{key}\"></script>"
    )
}

/// The lines of a Content Security Policy.
pub(crate) fn policy(host: &str) -> String {
    ["script-src", "connect-src", "frame-src"].map(|directive| format!("{directive} {host};")).join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib32_every_guide_has_the_address_of_the_loader_and_the_key_of_the_site() {
        for platform in Platform::EVERY {
            let guide = platform.guide("https://chat.example", "pk_1");
            assert!(guide.paste.contains("https://chat.example/widget.js"), "{platform:?}");
            assert!(guide.paste.contains("pk_1"), "{platform:?}");
            assert!(guide.paste.contains("async") || platform == Platform::Next, "{platform:?}");
        }
    }

    #[test]
    fn ac40_the_tag_of_a_version_states_its_hash_and_asks_without_credentials() {
        let script = PinnedScript::of("0123456789abcdef", "sha384-AAAA");
        assert_eq!(
            pinned_tag("https://chat.example", "pk_1", &script),
            "<script async src=\"https://chat.example/v/0123456789abcdef/widget.js\" integrity=\"sha384-AAAA\" \
             crossorigin=\"anonymous\" data-site=\"pk_1\"></script>"
        );
    }

    #[test]
    fn ib32_the_tag_is_one_line_and_the_policy_names_three_directives() {
        assert_eq!(
            tag("https://chat.example", "pk_1"),
            "<script async src=\"https://chat.example/widget.js\" data-site=\"pk_1\"></script>"
        );
        assert_eq!(
            policy("https://chat.example"),
            "script-src https://chat.example;\nconnect-src https://chat.example;\nframe-src https://chat.example;"
        );
    }
}
