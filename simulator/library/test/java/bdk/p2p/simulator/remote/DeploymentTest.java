package bdk.p2p.simulator.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.scenario.Catalogue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that engines deploy. */
class DeploymentTest {
  private static JsonNode read(Deployment.Form form) throws Exception {
    String text = Deployment.write(Catalogue.get("fifty-nodes"), form, "file.yaml");
    return new YAMLMapper().readTree(text);
  }

  @ParameterizedTest
  @EnumSource(Deployment.Form.class)
  void everyNodeIsAServiceWithAPortOfItsOwn(Deployment.Form form) throws Exception {
    JsonNode services = read(form).get("services");
    assertEquals(Catalogue.get("fifty-nodes").nodeCount(), services.size());
    for (JsonNode service : services) {
      assertTrue(service.get("read_only").asBoolean());
      assertEquals("agent", service.get("command").get(0).asText());
    }
  }

  @Test
  void stackIsForSeveralHosts() throws Exception {
    JsonNode node = read(Deployment.Form.STACK).get("services").get("node-7");
    assertEquals("dnsrr", node.get("deploy").get("endpoint_mode").asText());
    assertEquals("host", node.get("ports").get(0).get("mode").asText());
    assertTrue(node.get("command").toString().contains("\"--seed-host\",\"discovery"));
  }

  @Test
  void composeIsForThisHostAlone() throws Exception {
    JsonNode discovery = read(Deployment.Form.COMPOSE).get("services").elements().next();
    assertTrue(discovery.get("ports").get(0).asText().contains("127.0.0.1"));
    assertFalse(discovery.has("deploy"));
  }
}
