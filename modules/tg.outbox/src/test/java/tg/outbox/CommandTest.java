package tg.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CommandTest {
  @Test
  void aCommandHasANameAndARest() {
    assertEquals(new Command("primes", "300 x"), Command.of(" /Primes  300 x ", "desk_bot"));
    assertEquals(new Command("help", ""), Command.of("/help", "desk_bot"));
    assertEquals(new Command("say", "two\nlines"), Command.of("/say\ntwo\nlines", "desk_bot"));
  }

  @Test
  void aCommandForThisBotIsOursAndForAnotherIsNot() {
    assertEquals(new Command("primes", "9"), Command.of("/primes@Desk_Bot 9", "desk_bot"));
    assertEquals(
        new Command("", "/primes@other_bot 9"), Command.of("/primes@other_bot 9", "desk_bot"));
  }

  @Test
  void aTextIsNoCommand() {
    assertEquals(new Command("", "hello /world"), Command.of("hello /world", "desk_bot"));
    assertEquals(new Command("", "/etc/hosts"), Command.of("/etc/hosts", "desk_bot"));
    assertEquals(new Command("", "/"), Command.of("/", "desk_bot"));
    assertEquals(new Command("", ""), Command.of("  ", "desk_bot"));
  }
}
