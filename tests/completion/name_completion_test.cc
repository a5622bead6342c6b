#include "completion/name_completion.h"

#include <doctest/doctest.h>

#include "tests/support/completed_line.h"

namespace rpcctl {
namespace {

FakeServer Shop() {
  return {{"shop.proto", R"(package acme.shop;
            message Item { string name = 1; message Part {} enum Size { S = 0; } }
            message Order {} enum Colour { RED = 0; }
            service Orders { rpc Get(Item) returns (Order); rpc Watch(stream Item) returns (stream Order); }
            service Stock { rpc Count(Item) returns (Order); rpc Get(Item) returns (Order); })"}};
}

TEST_CASE("name completion: methods by service and method, with what they take and return") {
  FakeServer server = Shop();
  CHECK(CompletedLine(server)("rpcctl call ") ==
        ":nofiles\nOrders.Get\t(Item) returns (Order)\nOrders.Watch\t(stream Item) returns (stream Order)\n"
        "Stock.Count\t(Item) returns (Order)\nStock.Get\t(Item) returns (Order)\n");
}

TEST_CASE("name completion: a method in the form it was begun in") {
  FakeServer server = Shop();
  CompletedLine line(server);
  CHECK(line.Values("rpcctl call Orders.W") == Values{"Orders.Watch"});
  CHECK(line.Values("rpcctl call acme.shop.Orders.W") == Values{"acme.shop.Orders.Watch"});
  CHECK(line.Values("rpcctl call shop.Or") == Values{"shop.Orders.Get", "shop.Orders.Watch"});
  CHECK(line.Values("rpcctl call Orders/") == Values{"Orders/Get", "Orders/Watch"});
  CHECK(line.Values("rpcctl call acme.shop.Orders/W") == Values{"acme.shop.Orders/Watch"});
  CHECK(line.Values("rpcctl call /acme.shop.S") == Values{"/acme.shop.Stock/Count", "/acme.shop.Stock/Get"});
  CHECK(line.Values("rpcctl call /Stock/").empty());
}

TEST_CASE("name completion: a method alone where no other has its name") {
  FakeServer server = Shop();
  CompletedLine line(server);
  CHECK(line.Values("rpcctl call Wa") == Values{"Watch"});
  CHECK(line.Values("rpcctl call Ge").empty());
}

TEST_CASE("name completion: services by short and by full names, for health in full") {
  FakeServer server = Shop();
  CompletedLine line(server);
  CHECK(line("rpcctl list ") ==
        ":nofiles\nOrders\tservice acme.shop.Orders\nStock\tservice acme.shop.Stock\n");
  CHECK(line.Values("rpcctl list acme") == Values{"acme.shop.Orders", "acme.shop.Stock"});
  CHECK(line.Values("rpcctl health ") == Values{"acme.shop.Orders", "acme.shop.Stock"});
  CHECK(line.Values("rpcctl health Sto").empty());
}

TEST_CASE("name completion: reflection's own service is for who asks for it") {
  FakeServer server = Shop();
  server.services.push_back("grpc.reflection.v1.ServerReflection");
  CompletedLine line(server);
  CHECK(line.Values("rpcctl list ") == Values{"Orders", "Stock"});
  CHECK(line.Values("rpcctl list Server") == Values{"ServerReflection"});
  CHECK(line.Values("rpcctl call Sto") == Values{"Stock.Count", "Stock.Get"});
}

TEST_CASE("name completion: symbols of every kind once a name is begun, services before") {
  FakeServer server = Shop();
  CompletedLine line(server);
  CHECK(line.Values("rpcctl describe ") == Values{"Orders", "Stock"});
  CHECK(line.Values("rpcctl describe acme.shop.I") ==
        Values{"acme.shop.Item", "acme.shop.Item.Part", "acme.shop.Item.Size"});
  CHECK(line("rpcctl describe Order") ==
        ":nofiles\nOrder\tmessage acme.shop.Order\n"
        "Orders\tservice acme.shop.Orders\n"
        "Orders.Get\tmethod acme.shop.Orders.Get\n"
        "Orders.Watch\tmethod acme.shop.Orders.Watch\n");
  CHECK(line.Values("rpcctl describe Orders/W") == Values{"Orders/Watch"});
  CHECK(line.Values("rpcctl describe Item Col") == Values{"Colour"});
}

TEST_CASE("name completion: members of a message behind its name, in the form it was begun in") {
  FakeServer server = Shop();
  CompletedLine line(server);
  CHECK(line("rpcctl describe Item.n") == ":nofiles\nItem.name\tstring\n");
  CHECK(line.Values("rpcctl describe shop.Item.") ==
        Values{"shop.Item.Part", "shop.Item.Size", "shop.Item.name", "shop.Item.S"});
  CHECK(line.Values("rpcctl describe Orders.G") == Values{"Orders.Get"});
  CHECK(line.Values("rpcctl template Item.n").empty());
  for (const char* typed : {".n", "Nobody.n", "acme.n", "Item.$(x).n"})
    CHECK(line.Values(std::string("rpcctl describe '") + typed).empty());
}

TEST_CASE("name completion: what has a request, for template") {
  FakeServer server = Shop();
  CompletedLine line(server);
  CHECK(line.Values("rpcctl template ") == Values{"Orders.Get", "Orders.Watch", "Stock.Count", "Stock.Get"});
  CHECK(line.Values("rpcctl template I") == Values{"Item", "Item.Part"});
  CHECK(line.Values("rpcctl template Col").empty());
}

TEST_CASE("name completion: a server that does not answer gives a hint and no candidates") {
  FakeServer server = Shop();
  server.failure = Error{ErrorKind::kConnect, "cannot connect to h:1"};
  for (const char* line : {"rpcctl call Or", "rpcctl list ", "rpcctl describe It", "rpcctl health ",
                           "rpcctl call Orders.Get na"}) {
    CAPTURE(line);
    CHECK(CompletedLine(server)(line) == ":nofiles\n#cannot connect to h:1\n");
  }
}

TEST_CASE("name completion: names that a server made up for a shell are not offered") {
  FakeServer server = Shop();
  for (const char* name : {"$(touch x)", "a;b", "a b", "`x`", "a\nb", "../x", "-v", ""})
    server.services.push_back(name);
  CompletedLine line(server);
  CHECK(line.Values("rpcctl list ") == Values{"Orders", "Stock"});
  CHECK(line.Values("rpcctl health ") == Values{"acme.shop.Orders", "acme.shop.Stock"});
  CHECK(line.Values("rpcctl call St") == Values{"Stock.Count", "Stock.Get"});
}

TEST_CASE("name completion: a service whose file is broken hides no other") {
  FakeServer server = Shop();
  server.services.push_back("acme.Gone");
  CHECK(CompletedLine(server).Values("rpcctl call St") == Values{"Stock.Count", "Stock.Get"});
}

TEST_CASE("name completion: of very many services the names, fetching nothing, until few are left") {
  FakeServer server = Shop();
  for (int i = 100; i < 300; ++i) server.services.push_back("many.S" + std::to_string(i));
  CompletedLine line(server);
  CHECK(line.Values("rpcctl call S1").size() == 100);
  CHECK(line("rpcctl call S").starts_with(":nospace nofiles\nStock.\tservice acme.shop.Stock\nS100."));
  CHECK(line.Values("rpcctl call many.S2").front() == "many.S200.");
  CHECK(line.Values("rpcctl call x") == Values{"#none of the 202 services begins so: name one, then a dot"});
  server.asked.clear();
  CHECK(line.Values("rpcctl call Sto") == Values{"Stock.Count", "Stock.Get"});
  CHECK(server.asked == std::vector<std::string>{"services", "symbol acme.shop.Stock"});
}

TEST_CASE("name completion: methods that are known already are not asked for") {
  FakeServer server = Shop();
  CompletedLine line(server);
  line.known_methods = std::vector<KnownMethod>{
      {"b.B", "Do", "does"}, {"a.A", "Do"}, {"a.A", "$(x)"}, {"grpc.reflection.v1.ServerReflection", "Info"}};
  CHECK(line("rpcctl call ") == ":nofiles\nA.Do\nB.Do\tdoes\n");
  CHECK(line.Values("rpcctl call a.A/") == Values{"a.A/Do"});
  CHECK(server.asked.empty());
}

TEST_CASE("name completion: comments stand beside methods where the source has them") {
  FakeServer server;
  auto file = ParseText("c.proto", R"(message M {}
      service S {
        // Says hello. And more.
        rpc Hello(M) returns (M);
      })");
  server.Add(file);
  server.on_symbol = [&](const std::string&) {
    return FakeServer::Answer(std::vector<SchemaFile>{{file.name(), file.SerializeAsString()}});
  };
  CHECK(CompletedLine(server)("rpcctl call ") == ":nofiles\nS.Hello\tSays hello.\n");
}

}  // namespace
}  // namespace rpcctl
