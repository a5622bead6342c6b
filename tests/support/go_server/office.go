package main

import (
	"errors"
	"io"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"
)

// office answers with messages of types known only at run time.
type office struct{ files *protoregistry.Files }

// message is one with its fields by their names.
type message struct{ *dynamicpb.Message }

func (m message) field(name string) protoreflect.FieldDescriptor {
	return m.Descriptor().Fields().ByName(protoreflect.Name(name))
}

func (m message) get(name string) protoreflect.Value { return m.Get(m.field(name)) }

func (m message) with(name string, value any) message {
	m.Set(m.field(name), protoreflect.ValueOf(value))
	return m
}

func (m message) add(name string, text string) message {
	m.Mutable(m.field(name)).List().Append(protoreflect.ValueOfString(text))
	return m
}

func (o office) make(name string) message {
	descriptor := must(o.files.FindDescriptorByName(protoreflect.FullName("post.v1." + name)))
	return message{dynamicpb.NewMessage(descriptor.(protoreflect.MessageDescriptor))}
}

// read gives the next request of this type; io.EOF after the last.
func (o office) read(stream grpc.ServerStream, name string) (message, error) {
	request := o.make(name)
	return request, stream.RecvMsg(request.Message)
}

func refusal() error {
	return must(status.New(codes.FailedPrecondition, "a letter needs a recipient").WithDetails(&errdetails.BadRequest{
		FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: "recipient", Description: "is empty"}}})).Err()
}

// send refuses a letter to nobody, and keeps one to Godot until the call is given up.
func (o office) send(_ any, stream grpc.ServerStream) error {
	letter, err := o.read(stream, "Letter")
	if err != nil {
		return err
	}
	switch letter.get("recipient").String() {
	case "":
		return refusal()
	case "Godot":
		<-stream.Context().Done()
		return stream.Context().Err()
	}
	receipt := o.make("Receipt").with("number", int64(9007199254740993)).with("letter", letter.ProtoReflect())
	return stream.SendMsg(receipt.Message)
}

// track answers a receipt with a number by a place of as many letters.
func (o office) track(_ any, stream grpc.ServerStream) error {
	receipt, err := o.read(stream, "Receipt")
	if err != nil {
		return err
	}
	recipient := message{receipt.get("letter").Message().Interface().(*dynamicpb.Message)}.get("recipient").String()
	places := []string{"Counter", "Van", "Door of " + recipient}
	if size := receipt.get("number").Int(); size > 0 {
		places = []string{strings.Repeat("x", int(size))}
	}
	for _, place := range places {
		if err := stream.SendMsg(o.make("Event").with("place", place).Message); err != nil {
			return err
		}
	}
	return nil
}

func (o office) deposit(_ any, stream grpc.ServerStream) error {
	sack, count := o.make("Sack"), int32(0)
	for {
		letter, err := o.read(stream, "Letter")
		if errors.Is(err, io.EOF) {
			return stream.SendMsg(sack.with("count", count).Message)
		}
		if err != nil {
			return err
		}
		sack.add("recipients", letter.get("recipient").String())
		count++
	}
}

func (o office) correspond(_ any, stream grpc.ServerStream) error {
	for {
		letter, err := o.read(stream, "Letter")
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		answer := o.make("Letter").with("recipient", letter.get("sender").String()).
			with("sender", letter.get("recipient").String()).add("lines", "Thank you")
		if err := stream.SendMsg(answer.Message); err != nil {
			return err
		}
	}
}

// registerOffice serves every method as a stream of messages, which is what each is on the wire.
func registerOffice(server *grpc.Server, files *protoregistry.Files) {
	const service = "post.v1.PostOffice"
	o := office{files}
	streams := []grpc.StreamDesc{
		{StreamName: "Send", Handler: o.send},
		{StreamName: "Track", Handler: o.track, ServerStreams: true},
		{StreamName: "Deposit", Handler: o.deposit, ClientStreams: true},
		{StreamName: "Correspond", Handler: o.correspond, ServerStreams: true, ClientStreams: true},
	}
	for index := range streams {
		method := &streams[index]
		method.Handler = withManners("/"+service+"/"+method.StreamName, method.Handler)
	}
	server.RegisterService(&grpc.ServiceDesc{ServiceName: service, Streams: streams}, nil)
}
