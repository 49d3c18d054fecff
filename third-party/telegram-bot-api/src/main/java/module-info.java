/// pengrad's java-telegram-bot-api, given a module descriptor. Open, because Gson reflects into its
/// model.
open module telegram.bot.api {
  requires java.logging;
  requires jdk.unsupported;
  requires kotlin.stdlib;
  requires okio;
  requires transitive com.google.gson;
  requires transitive okhttp3;

  exports com.pengrad.telegrambot;
  exports com.pengrad.telegrambot.model;
  exports com.pengrad.telegrambot.model.request;
  exports com.pengrad.telegrambot.model.reaction;
  exports com.pengrad.telegrambot.request;
  exports com.pengrad.telegrambot.response;
}
