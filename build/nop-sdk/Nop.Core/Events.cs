namespace Nop.Core.Events;

public interface IEventPublisher
{
    Task PublishAsync<TEvent>(TEvent @event);
}

public class EntityInsertedEvent<T> where T : BaseEntity
{
    public EntityInsertedEvent(T entity) => Entity = entity;

    public T Entity { get; }
}

public class EntityUpdatedEvent<T> where T : BaseEntity
{
    public EntityUpdatedEvent(T entity) => Entity = entity;

    public T Entity { get; }
}

public class EntityDeletedEvent<T> where T : BaseEntity
{
    public EntityDeletedEvent(T entity) => Entity = entity;

    public T Entity { get; }
}
