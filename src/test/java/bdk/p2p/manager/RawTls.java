package bdk.p2p.manager;

import bdk.p2p.message.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The JDK's own blocking TLS, for peers that do it wrong; it trusts everybody. */
final class RawTls {
  private RawTls() {}

  /** A TLS 1.3 client in network "test" with this key, or without one. */
  static SSLSocket dial(NodeId node, String who) {
    return dial(node, who, parameters -> {});
  }

  static SSLSocket dial(NodeId node, String who, Consumer<SSLParameters> change) {
    return over(connect(node), who, change);
  }

  static Socket connect(NodeId node) {
    return connect(node, 0);
  }

  /** With a receive buffer of this size, 0 for the system's own. */
  static Socket connect(NodeId node, int receiveBytes) {
    try {
      Socket plain = new Socket();
      if (receiveBytes > 0) {
        plain.setReceiveBufferSize(receiveBytes);
      }
      plain.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      plain.connect(node.socketAddress(), (int) Await.LIMIT.toMillis());
      return plain;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** TLS over a connection that the caller may break. */
  static SSLSocket over(Socket plain, String who, Consumer<SSLParameters> change) {
    try {
      SSLSocket socket =
          (SSLSocket)
              context(who)
                  .getSocketFactory()
                  .createSocket(plain, "127.0.0.1", plain.getPort(), true);
      socket.setSoTimeout((int) Await.LIMIT.toMillis());
      socket.setSSLParameters(changed(socket.getSSLParameters(), change));
      return socket;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A TLS server in network "test" with this key. */
  static SSLServerSocket listen(String who, Consumer<SSLParameters> change) {
    try {
      SSLServerSocket socket =
          (SSLServerSocket)
              context(who)
                  .getServerSocketFactory()
                  .createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
      socket.setSSLParameters(changed(socket.getSSLParameters(), change));
      return socket;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static SSLParameters changed(SSLParameters parameters, Consumer<SSLParameters> change) {
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(new String[] {"bdk/test/1"});
    change.accept(parameters);
    return parameters;
  }

  private static SSLContext context(String who) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      KeyStore store = KeyStore.getInstance("PKCS12");
      if (who == null) {
        store.load(null, null);
      } else {
        try (InputStream file = Files.newInputStream(Keys.pkcs12(who))) {
          store.load(file, Keys.PASSWORD);
        }
      }
      keys.init(store, Keys.PASSWORD);
      context.init(keys.getKeyManagers(), new TrustManager[] {new Everybody()}, null);
      return context;
    } catch (GeneralSecurityException | IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
