using System.Text.Json.Serialization;
using Newtonsoft.Json;

namespace Nop.Web.Framework.Models
{
    public interface IPagingRequestModel
    {
        int Page { get; }

        int PageSize { get; }
    }

    public interface IPagedModel<T> where T : BaseNopModel;

    public record BaseNopEntityModel : BaseNopModel
    {
        public virtual int Id { get; set; }
    }

    public abstract record BaseSearchModel : BaseNopModel, IPagingRequestModel
    {
        protected BaseSearchModel() => Length = 10;

        public int Page => Start / Length + 1;

        public int PageSize => Length;

        public string AvailablePageSizes { get; set; }

        public string Draw { get; set; }

        public int Start { get; set; }

        public int Length { get; set; }

        /// <summary>The sizes are a setting of the platform's.</summary>
        public virtual void SetGridPageSize() => (Length, AvailablePageSizes) = (15, "7, 15, 20, 50, 100");
    }

    /// <summary>nopCommerce writes JSON with Newtonsoft.Json, the sandbox with the framework.</summary>
    public abstract record BasePagedListModel<T> : BaseNopModel, IPagedModel<T> where T : BaseNopModel
    {
        public IEnumerable<T> Data { get; set; }

        [JsonProperty(PropertyName = "draw"), JsonPropertyName("draw")]
        public string Draw { get; set; }

        [JsonProperty(PropertyName = "recordsFiltered"), JsonPropertyName("recordsFiltered")]
        public int RecordsFiltered { get; set; }

        [JsonProperty(PropertyName = "recordsTotal"), JsonPropertyName("recordsTotal")]
        public int RecordsTotal { get; set; }
    }
}

namespace Nop.Web.Framework.Models.DataTables
{
    public interface IRender;

    public record DataTablesModel : BaseNopModel
    {
        public string Name { get; set; }

        public DataUrl UrlRead { get; set; }

        public string SearchButtonId { get; set; }

        public IList<FilterParameter> Filters { get; set; } = [];

        public int Length { get; set; }

        public string LengthMenu { get; set; }

        public bool Ordering { get; set; }

        public IList<ColumnProperty> ColumnCollection { get; set; } = [];
    }

    public class DataUrl
    {
        public DataUrl(string url) => Url = url;

        public DataUrl(string url, string dataId) => (Url, DataId) = (url, dataId);

        public DataUrl(string url, bool trimEnd) => (Url, TrimEnd) = (url, trimEnd);

        public string Url { get; set; }

        public bool TrimEnd { get; set; }

        public string DataId { get; set; }
    }

    public class FilterParameter
    {
        public FilterParameter(string name) => Name = name;

        public string Name { get; }
    }

    public class ColumnProperty
    {
        public ColumnProperty(string data) => Data = data;

        public string Data { get; set; }

        public string Title { get; set; }

        public IRender Render { get; set; }

        public string Width { get; set; }

        public string ClassName { get; set; }

        public bool Visible { get; set; } = true;

        public bool Encode { get; set; } = true;
    }

    public class RenderLink : IRender
    {
        public RenderLink(DataUrl url) => Url = url;

        public DataUrl Url { get; set; }
    }

    public class RenderCustom : IRender
    {
        public RenderCustom(string functionName) => FunctionName = functionName;

        public string FunctionName { get; set; }
    }

    public class RenderDate : IRender
    {
        /// <summary>A format of moment.js; null for the platform's own.</summary>
        public string Format { get; set; }
    }
}
