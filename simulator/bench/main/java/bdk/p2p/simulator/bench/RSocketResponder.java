package bdk.p2p.simulator.bench;

import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import java.util.concurrent.atomic.LongAdder;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** RSocket that listens: request and response for requests, a channel for one-way messages. */
final class RSocketResponder implements Responder {
  /** Messages that a sender of one-way messages may be ahead. */
  private static final int CREDIT = 256;

  private final LongAdder received = new LongAdder();
  private final LongAdder sessions = new LongAdder();
  private final CloseableChannel listener;

  RSocketResponder() {
    listener =
        RSocketServer.create(SocketAcceptor.with(new Answering()))
            .payloadDecoder(PayloadDecoder.ZERO_COPY)
            .bind(TcpServerTransport.create("127.0.0.1", 0))
            .block();
  }

  @Override
  public int port() {
    return listener.address().getPort();
  }

  @Override
  public long received() {
    return received.sum();
  }

  @Override
  public int sessions() {
    return sessions.intValue();
  }

  @Override
  public void close() {
    listener.dispose();
  }

  private final class Answering implements RSocket {
    @Override
    public Mono<Payload> requestResponse(Payload request) {
      return Mono.just(request);
    }

    @Override
    public Flux<Payload> requestChannel(Publisher<Payload> messages) {
      return Flux.from(messages)
          .limitRate(CREDIT)
          .doOnNext(
              message -> {
                received.increment();
                message.release();
              })
          .thenMany(Flux.empty());
    }
  }
}
