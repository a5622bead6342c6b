namespace rpcctl {}
