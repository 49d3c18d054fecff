package tg.evening;

import java.util.ArrayList;
import java.util.List;
import tg.sim.Sim;

/// A chat with the people in it. Immutable.
///
/// @param chat its key in the simulator
/// @param id its id for the bot
/// @param people their ids
/// @param topics of a forum, 0 for General; `[0]` where there are none
record Place(String chat, long id, List<Long> people, List<Integer> topics) {
  boolean isPrivate() {
    return id > 0;
  }

  /// {@return all places of an evening: {@link Play#BUSY}, {@link Play#CALM}, {@link Play#GROUPS}}
  static List<Place> all(Sim sim) {
    var places = new ArrayList<Place>();
    for (int i = 0; i < Play.BUSY + Play.CALM; i++) {
      long user = sim.user("Person" + (i + 1));
      places.add(new Place(sim.privateChat(Company.BOT, user), user, List.of(user), List.of(0)));
    }
    for (int i = 0; i < Play.GROUPS; i++) {
      places.add(group(sim, i));
    }
    return List.copyOf(places);
  }

  private static Place group(Sim sim, int number) {
    var people = new ArrayList<Long>();
    for (int i = 0; i < Play.MEMBERS; i++) {
      people.add(sim.user("Member" + (number + 1) + "-" + (i + 1)));
    }
    var users = people.toArray(Long[]::new);
    var topics = List.of(0);
    String chat;
    if (number % 4 == 0) {
      chat = sim.forum("Forum " + (number + 1), users);
      topics = List.of(0, sim.topic(chat, "News"), sim.topic(chat, "Talk"));
    } else {
      chat = sim.group(number % 4 == 1 ? "group" : "supergroup", "Group " + (number + 1), users);
    }
    sim.add(chat, Company.BOT);
    return new Place(chat, Long.parseLong(chat), List.copyOf(people), topics);
  }

  long person(Ask ask) {
    return people.get(ask.person());
  }

  int topic(Ask ask) {
    return topics.get(ask.person() % topics.size());
  }

  /// {@return what the person says}
  String words(Ask ask) {
    return isPrivate() ? ask.text() : "/exec@sim" + Company.BOT + "_bot " + ask.text();
  }
}
