package bdk.p2p.environment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStorageTest {
  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(one -> one.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void keepsWhatWasStoredLast() throws Exception {
    Path below = folder.resolve("not/yet/there");
    Storage storage = new FolderStorage(below);
    assertEquals(Optional.empty(), storage.load("bans"));
    storage.store("bans", bytes("a longer text"));
    storage.store("bans", bytes("short"));
    assertArrayEquals(bytes("short"), new FolderStorage(below).load("bans").orElseThrow());
    assertEquals(below.resolve("bans").toString(), storage.place("bans"));
  }

  @Test
  void whatACrashHasLeftBesideIsWrittenOver() throws Exception {
    Storage storage = new FolderStorage(folder);
    storage.store("bans", bytes("old"));
    Files.writeString(folder.resolve("bans.new"), "half of something longer");
    assertArrayEquals(bytes("old"), storage.load("bans").orElseThrow());
    storage.store("bans", bytes("new"));
    assertArrayEquals(bytes("new"), storage.load("bans").orElseThrow());
    assertEquals(List.of("bans"), files());
  }

  @Test
  void whatCouldNotBeReadAgainIsNotWritten() throws Exception {
    Storage storage = new FolderStorage(folder);
    byte[] largest = new byte[Storage.MAX_BYTES];
    storage.store("bans", largest);
    String message =
        assertThrows(
                IOException.class, () -> storage.store("bans", new byte[Storage.MAX_BYTES + 1]))
            .getMessage();
    assertEquals(
        "16777217 bytes for " + folder.resolve("bans") + " are above the limit of 16777216",
        message);
    assertArrayEquals(largest, storage.load("bans").orElseThrow());
    assertEquals(List.of("bans"), files());
  }

  @Test
  void failureLeavesWhatWasThere() throws Exception {
    Storage storage = new FolderStorage(folder);
    storage.store("bans", bytes("old"));
    Files.createDirectory(folder.resolve("bans.new"));
    assertThrows(IOException.class, () -> storage.store("bans", bytes("new")));
    assertArrayEquals(bytes("old"), storage.load("bans").orElseThrow());
  }

  @Test
  void whatCannotBeReadNamesTheFile() throws Exception {
    Files.createDirectory(folder.resolve("bans"));
    IOException failure =
        assertThrows(IOException.class, () -> new FolderStorage(folder).load("bans"));
    assertTrue(failure.getMessage().contains(folder.resolve("bans").toString()));
  }

  @Test
  void refusesNamesThatLeadElsewhere() {
    Storage storage = new FolderStorage(folder);
    for (String name : List.of("", "..", "a/b", "A")) {
      assertThrows(IllegalArgumentException.class, () -> storage.load(name));
    }
  }
}
