package tg.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {
  private enum Said {
    HELLO,
    WAITING
  }

  private static final String ENGLISH =
      "hello=It''s {1}, {0}. {braces} {9}\nwaiting.one={0} task\nwaiting.other={0} tasks";
  private static final String RUSSIAN =
      "hello=Привет, {0}\nwaiting.one={0} задача\nwaiting.few={0} задачи\nwaiting.many={0} задач";

  private static Phrases<Said> load(String english, String russian) {
    var files = Map.of("words.en.properties", english, "words.ru.properties", russian);
    return Phrases.load(
        Said.class,
        name -> new ByteArrayInputStream(files.getOrDefault(name, "").getBytes(UTF_8)),
        "words",
        List.of("en", "ru"));
  }

  private final Phrases<Said> phrases = load(ENGLISH, RUSSIAN);

  @Test
  void whatIsSaidIsPutIntoItsPlaceAndNothingElseIsTouched() {
    assertEquals(
        "It''s Monday, Ann. {braces} {9}", phrases.in("en").say(Said.HELLO, "Ann", "Monday"));
  }

  @ParameterizedTest
  @CsvSource({
    "en, 0 tasks, 0",
    "en, 1 task, 1",
    "en, 21 tasks, 21",
    "ru, 1 задача, 1",
    "ru, 2 задачи, 2",
    "ru, 5 задач, 5",
    "ru, 11 задач, 11",
    "ru, 12 задач, 12",
    "ru, 21 задача, 21",
    "ru, 22 задачи, 22",
    "ru, 111 задач, 111",
    "ru, 0 задач, 0",
    "ru, 101 задача, 101",
  })
  void aNumberGoesWithItsForm(String language, String said, long number) {
    assertEquals(said, phrases.in(language).count(Said.WAITING, number));
  }

  @Test
  void numbersAreGroupedAsTheLanguageDoes() {
    assertEquals("1,234,567", phrases.in("en").number(1_234_567));
    assertEquals("-1,234", phrases.in("en").number(-1_234));
    assertEquals("1234", phrases.in("ru").number(1_234));
    assertEquals("1\u00a0234\u00a0567", phrases.in("ru").number(1_234_567));
  }

  @ParameterizedTest
  @CsvSource({"ru-RU, ru", "RU, ru", "en_GB, en", "de, en", "'', en"})
  void theLanguageIsFoundByItsPrimarySubtag(String tag, String language) {
    assertEquals(language, phrases.in(tag).language());
  }

  @Test
  void missingAndNeedlessPhrasesAreNamed() {
    var missing =
        assertThrows(
            IllegalStateException.class, () -> load(ENGLISH + "\nold=x", "waiting.one={0}"));
    assertEquals(
        """
        en has old, which nobody says
        ru lacks hello (or hello.one)
        ru lacks hello (or hello.few)
        ru lacks hello (or hello.many)
        ru lacks waiting (or waiting.few)
        ru lacks waiting (or waiting.many)\
        """,
        missing.getMessage());
  }
}
