package bdk.p2p.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A folder of files, one a name. Guarded by this. The folder belongs to one node; it is made when
 * something is first stored.
 *
 * <p>A file is written beside its place, forced to the disk and then moved there at once, so that a
 * crash at any moment leaves the old or the new one. What a crash leaves beside it is written over
 * the next time.
 */
final class FolderStorage implements Storage {
  private final Path folder;

  FolderStorage(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  @Override
  public synchronized Optional<byte[]> load(String name) throws IOException {
    Path file = file(name);
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new IOException(file + " has " + size + " bytes, above the limit of " + MAX_BYTES);
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException cause) {
      throw new IOException("cannot read " + file + ": " + cause.getMessage(), cause);
    }
  }

  @Override
  public synchronized void store(String name, byte[] content) throws IOException {
    Path file = file(name);
    if (content.length > MAX_BYTES) {
      throw new IOException(
          content.length + " bytes for " + file + " are above the limit of " + MAX_BYTES);
    }
    Path beside = folder.resolve(name + ".new");
    Files.createDirectories(folder);
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public String place(String name) {
    return file(name).toString();
  }

  private Path file(String name) {
    if (!name.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a name of small letters, digits and hyphens");
    }
    return folder.resolve(name);
  }
}
