/// Texts for people: styles, HTML, parts, and words in several languages.
@NullMarked
package tg.text;

import org.jspecify.annotations.NullMarked;
