package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.core.RSocketConnector;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.util.ByteBufPayload;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;

/** RSocket that dials. */
final class RSocketDriver implements Driver {
  private final RSocket peer;

  RSocketDriver(int port) {
    peer =
        RSocketConnector.create()
            .payloadDecoder(PayloadDecoder.ZERO_COPY)
            .connect(TcpClientTransport.create("127.0.0.1", port))
            .block();
  }

  @Override
  public void request(byte[] payload, Runnable answered) {
    peer.requestResponse(ByteBufPayload.create(payload))
        .subscribe(
            answer -> {
              answer.release();
              answered.run();
            },
            Worker::fail);
  }

  @Override
  public void flood(byte[] payload, BooleanSupplier goesOn) {
    ByteBuf bytes = Unpooled.directBuffer(payload.length).writeBytes(payload);
    Flux<Payload> messages =
        Flux.generate(
            sink -> {
              if (goesOn.getAsBoolean()) {
                sink.next(ByteBufPayload.create(bytes.retainedDuplicate()));
              } else {
                sink.complete();
              }
            });
    peer.requestChannel(messages).blockLast();
    bytes.release(); // what is still to be written has references of its own
  }

  @Override
  public void close() {
    peer.dispose();
  }
}
