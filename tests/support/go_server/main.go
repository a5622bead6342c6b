// A gRPC server that this project did not write: grpc-go, serving post.v1.PostOffice.
//
// Prints "listening on HOST:PORT", then a line for each call that has ended: "/post.v1.PostOffice/Send OK". Request
// metadata x-* comes back in the response's headers, x-encoding says there how requests were compressed; in the
// trailers stand x-handled-by and, of compressed answers, x-compressed. SIGTERM makes it print "stopping" and stop
// gracefully.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	_ "google.golang.org/grpc/encoding/gzip" // registers itself
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/reflection"
	reflectionv1 "google.golang.org/grpc/reflection/grpc_reflection_v1"
	reflectionv1alpha "google.golang.org/grpc/reflection/grpc_reflection_v1alpha"
	"google.golang.org/grpc/stats"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

var (
	descriptors  = flag.String("descriptors", "", "the descriptor set of what is served")
	versions     = flag.String("reflection", "both", "v1, v1alpha, both or none")
	certificate  = flag.String("certificate", "", "PEM; with it the server speaks TLS")
	key          = flag.String("key", "", "its key")
	clientCA     = flag.String("client-ca", "", "PEM; with it clients need a certificate of this authority")
	maxStreams   = flag.Uint("max-streams", 0, "how many calls a connection may have at once; 0: grpc-go's default")
	tellsOfPings = flag.Bool("tell-pings", false, `prints "ping N" for each PING of the Nth connection; without TLS only`)
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func loadFiles(path string) *protoregistry.Files {
	set := &descriptorpb.FileDescriptorSet{}
	if err := proto.Unmarshal(must(os.ReadFile(path)), set); err != nil {
		log.Fatal(err)
	}
	return must(protodesc.NewFiles(set))
}

func registerReflection(server *grpc.Server, files *protoregistry.Files) {
	options := reflection.ServerOptions{Services: server, DescriptorResolver: files}
	if *versions == "v1" || *versions == "both" {
		reflectionv1.RegisterServerReflectionServer(server, reflection.NewServerV1(options))
	}
	if *versions == "v1alpha" || *versions == "both" {
		reflectionv1alpha.RegisterServerReflectionServer(server, reflection.NewServer(options))
	}
}

// compressions keeps, for each call, what grpc-go tells of compression in its statistics and nowhere else.
type compressions struct{}

type compressionKey struct{}

type compression struct {
	requests string // their encoding; empty for none
	answers  bool   // whether they left smaller than they were
}

func compressionOf(ctx context.Context) *compression {
	return ctx.Value(compressionKey{}).(*compression)
}

func (compressions) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context {
	return context.WithValue(ctx, compressionKey{}, &compression{})
}

func (compressions) HandleRPC(ctx context.Context, event stats.RPCStats) {
	switch told := event.(type) {
	case *stats.InHeader:
		compressionOf(ctx).requests = told.Compression
	case *stats.OutPayload:
		compressionOf(ctx).answers = told.CompressedLength < told.Length
	}
}

func (compressions) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }
func (compressions) HandleConn(context.Context, stats.ConnStats)                       {}

// withManners is the handler of a method with the metadata that every call gets, and a line when it has ended. An
// interceptor would do, but grpc-go runs none for what is registered as a stream and has one message either way.
func withManners(path string, handler grpc.StreamHandler) grpc.StreamHandler {
	return func(server any, stream grpc.ServerStream) error {
		if err := stream.SendHeader(headersOf(stream.Context())); err != nil {
			return err
		}
		stream.SetTrailer(metadata.Pairs("x-handled-by", "clerk"))
		err := handler(server, stream)
		if compressionOf(stream.Context()).answers {
			stream.SetTrailer(metadata.Pairs("x-compressed", "true"))
		}
		fmt.Println(path, code.Code(statusOf(err).Code()))
		return err
	}
}

func headersOf(ctx context.Context) metadata.MD {
	headers := metadata.MD{}
	if encoding := compressionOf(ctx).requests; encoding != "" {
		headers.Set("x-encoding", encoding)
	}
	received, _ := metadata.FromIncomingContext(ctx)
	for name, values := range received {
		if strings.HasPrefix(name, "x-") {
			headers.Append(name, values...)
		}
	}
	return headers
}

func statusOf(err error) *status.Status {
	if known, is := status.FromError(err); is {
		return known
	}
	return status.FromContextError(err)
}

func serverOptions() []grpc.ServerOption {
	options := []grpc.ServerOption{grpc.StatsHandler(compressions{})}
	if *maxStreams != 0 {
		options = append(options, grpc.MaxConcurrentStreams(uint32(*maxStreams)))
	}
	if *certificate == "" {
		return options
	}
	config := &tls.Config{Certificates: []tls.Certificate{must(tls.LoadX509KeyPair(*certificate, *key))}}
	if *clientCA != "" {
		config.ClientAuth = tls.RequireAndVerifyClientCert
		config.ClientCAs = x509.NewCertPool()
		config.ClientCAs.AppendCertsFromPEM(must(os.ReadFile(*clientCA)))
	}
	return append(options, grpc.Creds(credentials.NewTLS(config)))
}

func stopWhenTold(server *grpc.Server, signals <-chan os.Signal) {
	<-signals
	fmt.Println("stopping")
	server.GracefulStop()
}

func main() {
	flag.Parse()
	files := loadFiles(*descriptors)
	server := grpc.NewServer(serverOptions()...)
	registerOffice(server, files)
	registerReflection(server, files)
	listener := must(net.Listen("tcp", "127.0.0.1:0"))
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	fmt.Printf("listening on %s\n", listener.Addr())
	if *tellsOfPings {
		listener = &pingTeller{Listener: listener}
	}
	go stopWhenTold(server, signals)
	if err := server.Serve(listener); err != nil {
		log.Fatal(err)
	}
	// Serve ends when GracefulStop begins; this waits for its end.
	server.GracefulStop()
}
